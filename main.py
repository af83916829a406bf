from pdtdesk.__main__ import main

raise SystemExit(main())
